"""The complaint form: public, without log-in, fit for a frame on the business's own pages."""
