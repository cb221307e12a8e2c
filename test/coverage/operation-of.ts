import { administration, type AdministrationOperation } from './administration'

const asPattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)

/** A part of a path that is fixed goes before one that varies: `/ip_filters/export` is no id. */
const patterns = administration
  .map((operation) => {
    const [method = '', path = ''] = operation.split(' ')
    return { operation, method, pattern: asPattern(path), varies: path.split('{').length }
  })
  .toSorted((a, b) => a.varies - b.varies)

/** The operation that a request performs, if it is one of the 61. */
export const operationOf = (method: string, path: string): AdministrationOperation | undefined =>
  patterns.find((each) => each.method === method && each.pattern.test(path))?.operation
