"""The inbox in the browser: pages made on the server, forms that post, no script. What is shown is read elsewhere."""
