"""vectors.py: .npy files in this folder, right ones and such as rxt must refuse."""
import io
import numpy as np

def save(name, array, version=None):
    with open(name + '.npy', 'wb') as file:
        np.lib.format.write_array(file, array, version=version)

r = np.random.default_rng(20261124)
save('x', r.standard_normal(10_000_000))
save('y', r.standard_normal(10_000_000))

prime = r.standard_normal((2, 100_003)).astype('<f4')  # exact in f4 and in f8
for kind in '<f8', '>f8', '<f4', '>f4':
    for name, values in zip('ab', prime):
        save(name + {'<': '_little_', '>': '_big_'}[kind[0]] + kind[1:], values.astype(kind))
a = prime[0].astype('<f8')
save('a_v2', a, (2, 0))
save('a_v3', a, (3, 0))
a[[7, 70_000]] = a[[70_000, 7]]
save('a_turned', a)

save('whole', r.integers(-1000, 1000, 100_003).astype('<f8'))
save('none', np.zeros(0))
save('one', np.array([3.5]))
# Normal variates, 2^-60, and the variates negated: the sum, 2^-60, is 100 times smaller than one
# rounding of its terms.
ill = np.concatenate([r.standard_normal(50_000), [2.0**-60]])
save('ill', np.concatenate([ill, -ill[:-1]]))
save('ones', np.ones(100_001))
save('tiny', np.full(1000, 1e-200))
save('huge', np.full(1000, 1e200))

bad = np.ones(1000)
bad[777] = np.nan
save('nan', bad)
bad[777], bad[5] = 1, -np.inf
save('infinite', bad)
save('matrix', np.ones((30, 40)))
save('fortran', np.asfortranarray(np.ones((30, 40))))
save('scalar', np.array(1.0))
save('integers', np.arange(1000))
save('complex', np.ones(1000, dtype=complex))
save('bools', np.ones(1000, dtype=bool))
save('objects', np.array(['a', 1], dtype=object))
save('structured', np.zeros(1000, dtype=[('a', '<f8'), ('b', '<f4')]))
save('strings', np.array(['a', 'bc']))
save('half', np.ones(1000, dtype='f2'))
save('long', np.ones(1000, dtype=np.longdouble))
save('short', np.ones(999))
np.savez('archive.npz', a=np.ones(1000))
whole = open('ones.npy', 'rb').read()
open('cut.npy', 'wb').write(whole[:-1])
open('cut_header.npy', 'wb').write(whole[:100])
open('version_9.npy', 'wb').write(whole[:6] + b'\x09' + whole[7:])
open('order.npy', 'wb').write(whole.replace(b'False', b'True '))
# No known program writes such a file, but numpy.load reads it.
odd = b"""{# three
 'shape': (1, 2), 'shape': (-1,), 'd' 'escr': (u'\\x3cf08', ()), 'fortran_order': (True)}\n"""
elements = np.array([3.5, -1, 8]).tobytes()
open('arrays.npy', 'wb').write(whole.replace(b"'<f8', ", b"('<f8',2),").replace(b' \n', b'\n', 1))
open('odd.npy', 'wb').write(whole[:8] + len(odd).to_bytes(2, 'little') + odd + elements)
