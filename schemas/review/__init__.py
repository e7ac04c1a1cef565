"""What people say of a result: corrections and reviews. Pure; they stand beside the result and never rewrite it."""
