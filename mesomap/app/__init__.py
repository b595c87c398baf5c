"""Start-up: build the objects, logging, language, crash hook."""
