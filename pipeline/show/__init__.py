"""What a person sees on the terminal; a module a thing that is shown."""
