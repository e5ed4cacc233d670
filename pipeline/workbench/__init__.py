"""The workbench of those who keep the lexicons: check, try, add, and what the lexicons do over a whole corpus."""
