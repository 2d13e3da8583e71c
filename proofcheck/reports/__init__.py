"""Reports: what a run looks like to its reader.  They see Records only, never SymPy."""
