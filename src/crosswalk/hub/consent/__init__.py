"""What a person signed, refused or asked not to be shared; and each thing shown, decided at that moment."""
