"""Pictures of the durability room, one file each."""
