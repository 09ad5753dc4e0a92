select secret from webhook_secrets where site = ?1 and provider = ?2
