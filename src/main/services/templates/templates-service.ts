import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { RecordValues } from '@shared/domain/record'
import { tenantTemplateSchema, type TenantTemplate } from '@shared/domain/tenant-template'
import { FleetError } from '@shared/ipc/result'
import { tenant } from '@shared/resources/tenant'
import { compareNames } from '@shared/rows/order'
import { JsonStore } from '../../storage/json-store'
import { builtInTemplates } from './built-in'

const templatesMax = 200

const templatesFileSchema = z.object({
  version: z.literal(1),
  templates: z.array(tenantTemplateSchema).max(templatesMax).readonly(),
})
export type TemplatesFile = z.infer<typeof templatesFileSchema>

export const templatesStore = (file: string): JsonStore<TemplatesFile> =>
  new JsonStore({ file, schema: templatesFileSchema, version: 1, empty: { version: 1, templates: [] } })

const taken = (name: string): FleetError =>
  new FleetError({
    code: 'rejected',
    message: 'A template with this name already exists',
    fields: [{ path: 'name', message: `A template named ${name} already exists` }],
  })

const absent = (): FleetError => new FleetError({ code: 'not-found', message: 'This template no longer exists' })

/** What a template may hold: what can be set, but neither what belongs to one tenant alone nor secrets. */
function kept(values: RecordValues): RecordValues {
  const allowed = tenant.fields.filter(
    ({ key, kind, readOnly, secret, writeOnly }) =>
      readOnly !== true &&
      kind !== 'secret' &&
      secret !== true &&
      writeOnly !== true &&
      tenant.notCopied?.includes(key) !== true,
  )
  return Object.fromEntries(
    allowed.flatMap(({ key, kind }) => {
      // A size without a number is no limit, not what the PBX assumes.
      const value = kind === 'size' && values[key] === null ? '' : values[key]
      return value === undefined || value === null ? [] : [[key, value] as const]
    }),
  )
}

/** The templates from which tenants are made, kept in the profile; those of the app come first. Errors: FleetError `rejected`, `not-found`, `disk`. */
export class TemplatesService {
  constructor(private readonly store: JsonStore<TemplatesFile>) {}

  list(): readonly TenantTemplate[] {
    const own = this.store.value.templates.toSorted((a, b) => compareNames(a.name, b.name))
    return [...builtInTemplates, ...own]
  }

  /** Keeps a new one; name, domain and secrets are left out whatever is given. */
  async save(name: string, values: RecordValues): Promise<readonly TenantTemplate[]> {
    const template = { id: randomUUID(), name, values: kept(values) }
    await this.change((templates) => {
      this.refuseTaken(name)
      if (templates.length >= templatesMax)
        throw new FleetError({ code: 'rejected', message: `The maximum of ${templatesMax} templates is reached` })
      return [...templates, template]
    })
    return this.list()
  }

  async rename(id: string, name: string): Promise<readonly TenantTemplate[]> {
    await this.change((templates) => {
      if (!templates.some((each) => each.id === id)) throw absent()
      this.refuseTaken(name, id)
      return templates.map((each) => (each.id === id ? { ...each, name } : each))
    })
    return this.list()
  }

  async remove(id: string): Promise<readonly TenantTemplate[]> {
    if (!this.store.value.templates.some((each) => each.id === id)) throw absent()
    await this.change((templates) => templates.filter((each) => each.id !== id))
    return this.list()
  }

  /** Resolves when nothing waits to be saved. */
  settled(): Promise<void> {
    return this.store.settled()
  }

  private change(next: (templates: TemplatesFile['templates']) => TemplatesFile['templates']): Promise<TemplatesFile> {
    return this.store.update((file) => ({ version: 1, templates: next(file.templates) }))
  }

  private refuseTaken(name: string, but?: string): void {
    if (this.list().some((each) => each.id !== but && each.name.toLowerCase() === name.toLowerCase())) throw taken(name)
  }
}
