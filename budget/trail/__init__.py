"""审计记录: the trail as pages for 审计管理员, its security events for 安全管理员."""
