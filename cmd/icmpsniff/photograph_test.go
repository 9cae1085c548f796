package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
)

// shrink returns a photograph with the 256 colors that it has most of, and with a comment.
func shrink(photograph []byte, comment string) ([]byte, error) {
	full, err := png.Decode(bytes.NewReader(photograph))
	if err != nil {
		return nil, err
	}
	counts := map[color.Color]int{}
	bounds := full.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[color.NRGBAModel.Convert(full.At(x, y))]++
		}
	}
	colors := slices.SortedFunc(maps.Keys(counts), func(a, b color.Color) int { return cmp.Compare(counts[b], counts[a]) })
	colors = colors[:min(256, len(colors))]
	small := image.NewPaletted(bounds, colors)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			small.Set(x, y, full.At(x, y))
		}
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, small)
	return commented(b.Bytes(), comment), err
}

// A comment is a chunk of text behind the header of a PNG: its length, its type, a keyword, a zero, the text, and their checksum (PNG
// Third Edition §11.3.3.2).
const (
	endOfHeader    = 8 + 4 + 4 + 13 + 4
	commentKeyword = "tEXtComment\x00"
)

func commented(photograph []byte, comment string) []byte {
	text := []byte(commentKeyword + comment)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(text)-len("tEXt")))
	chunk = append(chunk, text...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(text))
	return slices.Insert(photograph, endOfHeader, chunk...)
}

// commentOf returns the comment of a photograph, "" if it has none.
func commentOf(photograph []byte) string {
	if len(photograph) < endOfHeader+4 {
		return ""
	}
	length := int(binary.BigEndian.Uint32(photograph[endOfHeader:]))
	text, found := bytes.CutPrefix(photograph[endOfHeader+4:], []byte(commentKeyword))
	if n := length - len(commentKeyword) + len("tEXt"); found && n >= 0 && n <= len(text) {
		return string(text[:n])
	}
	return ""
}
