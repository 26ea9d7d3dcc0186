"""Has anyone seen this person: asked only of those who had contact and may share; on a no the asker learns nothing."""
