/** Whether the PBX listens on a transport (GET /transports/{id}/status). */
export const transportStates = ['ACTIVATED', 'DEACTIVATED'] as const
export type TransportState = (typeof transportStates)[number]
