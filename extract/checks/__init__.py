"""What only the whole page shows about delegates who were found."""
