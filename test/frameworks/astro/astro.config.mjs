export default { trailingSlash: 'never', build: { format: 'file' }, redirects: { '/account': '/login' } }
