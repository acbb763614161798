"""The ways in: the command line, the form in JupyterLab, and the translators’ catalogs."""
