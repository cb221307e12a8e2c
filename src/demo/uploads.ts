import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { ApiProblem, notFound, notSignedIn, validationProblem } from './api-problem'

interface Upload {
  readonly token: string
  readonly pieces: Buffer[]
}

const sizeOf = ({ pieces }: Upload): number => pieces.reduce((sum, { length }) => sum + length, 0)

/** Files in upload and complete ones. Each upload has its own token. */
export class Uploads {
  private readonly open = new Map<string, Upload>()
  private readonly files = new Set<string>()

  begin(): Readonly<Record<string, string>> {
    const id = randomUUID()
    const upload = { token: randomBytes(16).toString('base64url'), pieces: [] }
    this.open.set(id, upload)
    return this.headers(id, upload)
  }

  append(id: string, token: string | undefined, bytes: Buffer): Readonly<Record<string, string>> {
    const upload = this.require(id, token)
    upload.pieces.push(bytes)
    return this.headers(id, upload)
  }

  /** Returns the ID of the file; `bytes` are the last chunk, if any. */
  complete(id: string, token: string | undefined, bytes: Buffer, digest: string | undefined): string {
    const upload = this.require(id, token)
    if (bytes.length > 0) upload.pieces.push(bytes)
    const actual = createHash('sha256').update(Buffer.concat(upload.pieces)).digest('hex')
    if (digest !== undefined && digest !== actual)
      throw validationProblem([{ field: 'digest', message: 'The digest is not that of the content' }])
    this.open.delete(id)
    const file = randomBytes(9).toString('base64url')
    this.files.add(file)
    return file
  }

  destroy(id: string): void {
    if (!this.open.delete(id)) throw notFound('The upload')
  }

  has(file: string): boolean {
    return this.files.has(file)
  }

  /** Number of uploads that were neither completed nor destroyed. */
  get unfinished(): number {
    return this.open.size
  }

  private require(id: string, token: string | undefined): Upload {
    const upload = this.open.get(id)
    if (upload === undefined) throw notFound('The upload')
    if (token === undefined) throw notSignedIn()
    if (token !== upload.token) throw new ApiProblem(403, 'FORBIDDEN', 'The token is not that of the upload')
    return upload
  }

  private headers(id: string, upload: Upload): Readonly<Record<string, string>> {
    return {
      'PortSIP-Upload-ID': id,
      'PortSIP-Upload-Token': upload.token,
      Range: `0-${Math.max(0, sizeOf(upload) - 1)}`,
    }
  }
}
