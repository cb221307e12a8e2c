/** Files in dialogs for certificates and keys. */
export const pemFilters = [
  { name: 'Certificates and keys (PEM)', extensions: ['pem', 'crt', 'cer', 'key', 'txt'] },
  { name: 'All files', extensions: ['*'] },
]
