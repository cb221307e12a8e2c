import { z } from 'zod'
import { recordValuesSchema } from './record'

export const templateNameSchema = z.string().trim().min(1).max(80)

/** Initial values of a new tenant, without name, domain and secrets. */
export const tenantTemplateSchema = z.object({
  id: z.string().min(1).max(64),
  name: templateNameSchema,
  values: recordValuesSchema,
})
export type TenantTemplate = z.infer<typeof tenantTemplateSchema> & {
  /** Part of the app; cannot be renamed or deleted. */
  readonly builtIn?: boolean
}
