#!/usr/bin/env python3
"""Says whether two screenshots differ: more than 2 % of the pixels by more than a shade.

usage: png_differ.py STORED SEEN

Fonts are drawn a little differently from one machine to the next; a block that moved, or a chart
that is gone, changes far more. Reads 8-bit PNG without interlacing, which Chromium writes.
"""
import struct
import sys
import zlib


def read(path):
    data = open(path, "rb").read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", path
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", body)
            assert depth == 8 and color in (2, 6) and interlace == 0, path
        elif kind == b"IDAT":
            packed += body
        at += length + 12
    step = 3 if color == 2 else 4
    raw, stride = zlib.decompress(packed), width * step
    rows, above = [], bytearray(stride)
    for y in range(height):
        kind = raw[y * (stride + 1)]
        row = bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride):
            left = row[i - step] if i >= step else 0
            up = above[i]
            corner = above[i - step] if i >= step else 0
            if kind == 1:
                guess = left
            elif kind == 2:
                guess = up
            elif kind == 3:
                guess = (left + up) // 2
            elif kind == 4:
                p = left + up - corner
                a, b, c = abs(p - left), abs(p - up), abs(p - corner)
                guess = left if a <= b and a <= c else up if b <= c else corner
            else:
                guess = 0
            row[i] = (row[i] + guess) & 255
        rows.append(row)
        above = row
    return width, height, step, rows


stored, seen = read(sys.argv[1]), read(sys.argv[2])
if stored[:2] != seen[:2]:
    sys.exit(f"{sys.argv[2]}: {seen[0]}x{seen[1]} instead of {stored[0]}x{stored[1]}")
wrong = 0
for a, b in zip(stored[3], seen[3]):
    for x in range(stored[0]):
        i, k = x * stored[2], x * seen[2]
        wrong += any(abs(a[i + c] - b[k + c]) > 60 for c in range(3))
share = wrong / (stored[0] * stored[1])
print(f"{sys.argv[1]}: {share:.2%} of the pixels differ")
sys.exit(share > 0.02)
