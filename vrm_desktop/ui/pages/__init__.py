"""The pages of the window. A page takes a view model in `show_...` and tells what the person does by signals."""
