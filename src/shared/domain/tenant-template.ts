import { z } from 'zod'
import { recordValuesSchema } from './record'

export const templateNameSchema = z.string().trim().min(1).max(80)

/** What a new tenant begins with. It has neither name, domain nor secrets. */
export const tenantTemplateSchema = z.object({
  id: z.string().min(1).max(64),
  name: templateNameSchema,
  values: recordValuesSchema,
})
export type TenantTemplate = z.infer<typeof tenantTemplateSchema> & {
  /** It comes with the app: neither renamed nor deleted. */
  readonly builtIn?: boolean
}
