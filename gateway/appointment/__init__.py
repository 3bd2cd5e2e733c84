"""The appointment form of cadres (干部任免审批表) as the files that its editors keep: read, written, made cells."""
