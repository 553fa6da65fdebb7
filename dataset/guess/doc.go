// Package guess tells what people meant by a text that a column cannot hold: the numbers that 1.500,50 or €1.5m stand for, the
// dates that 9/3/2022 does. It returns every reading that a careful reader would think of, the likeliest first, and none
// where there is none, so that a hint can offer the value that was meant, or ask which.
package guess
