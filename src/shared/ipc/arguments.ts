import { z } from 'zod'
import { serverIdSchema } from '../domain/server'

export const nothing = z.object({})
export const byServer = z.object({ serverId: serverIdSchema })
export const byServers = z.object({ serverIds: z.array(serverIdSchema).min(1).max(10_000) })
