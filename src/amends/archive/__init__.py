"""Reviews of archives of any size: every core of a machine or of a cluster, tables in and out, a run that goes on."""
