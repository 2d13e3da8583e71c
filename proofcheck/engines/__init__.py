"""Search procedures, one method per file.  None of them is trusted; none imports another."""
