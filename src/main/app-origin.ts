export const appScheme = 'app'
export const appHost = 'fleet'

/** The development server's origin, honoured only by an unpackaged build that electron-vite started. */
let devOrigin: string | undefined

export const useDevServer = (url: string): void => {
  devOrigin = new URL(url).origin
}

/** The one origin whose pages may run in our window. */
export const appOrigin = (): string => devOrigin ?? `${appScheme}://${appHost}`

export const appUrl = (): string => `${appOrigin()}/index.html`
