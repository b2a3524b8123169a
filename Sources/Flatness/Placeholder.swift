// Flatness
