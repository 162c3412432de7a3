"""What services return, worded and formatted as the view models that pages show. Pure: no Qt, no service is called."""
