"""What a plan promises: figures, who answers for them, until when, and the documents it refers to."""
