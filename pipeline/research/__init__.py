"""What researchers ask of finished tables: queries over views, files to send on, marks of their review."""
