"""What people can do. A public function here is at most one write transaction."""
