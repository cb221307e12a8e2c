/** The single resources of each tenant. */
export type TenantSingle = 'tenant-notification' | 'tenant-password-policy'
