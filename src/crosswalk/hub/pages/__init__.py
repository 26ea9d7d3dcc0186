"""What all pages share: the frame, the look, the language, how days and numbers are said, the rail of queues."""
