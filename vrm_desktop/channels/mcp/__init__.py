"""The Model Context Protocol as a small client: asks a server for its tools and calls them, and offers nothing."""
