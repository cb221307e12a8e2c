export const readOnlyText = 'This server is read-only. To make changes, change its protection level.'
