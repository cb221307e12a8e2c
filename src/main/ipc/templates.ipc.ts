import type { TemplatesService } from '../services/templates/templates-service'
import { handle } from './handle'

/** Handles `templates:*`. */
export function registerTemplatesIpc(templates: TemplatesService): void {
  handle('templates:list', () => templates.list())
  handle('templates:save', ({ name, values }) => templates.save(name, values))
  handle('templates:rename', ({ id, name }) => templates.rename(id, name))
  handle('templates:remove', ({ id }) => templates.remove(id))
}
