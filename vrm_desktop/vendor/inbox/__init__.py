"""The shop's people at their desk: what they see, what they may do, who they are. Nothing here knows of HTTP."""
