package xmltoken

// IsOther reports whether a document is not in UTF-8, or says so.
func IsOther(document string) bool {
	decodes, name := encodingOf([]byte(document))
	return decodes != nil || !isUTF8(name)
}
