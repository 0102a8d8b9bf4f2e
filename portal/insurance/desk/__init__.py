"""/practice/clients/[client_id]/insurance: one client's policies, for staff who look after insurance."""
