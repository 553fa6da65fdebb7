// Package xmltoken reads XML token by token over bytes in place. It takes what encoding/xml takes and refuses what that
// refuses, with the same names, namespaces, attributes and texts, but allocates nothing for a token: names and texts are parts
// of a buffer that the next token overwrites. It is meant for the large parts of workbooks and other office documents.
//
// Two things are narrower: a token has a limit, and a document type declaration is an error, so that nothing can be
// declared that grows.
package xmltoken
