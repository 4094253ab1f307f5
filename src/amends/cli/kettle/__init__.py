"""Kettle & Cup: the sample business. Its stories are files; `telling` plays them through the actions."""
