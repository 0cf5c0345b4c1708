# feedback: object-for-its-length
import gc
import weakref


class HeavyData:
    def __init__(self, size):
        self.items = list(range(size))

    def __len__(self):
        return len(self.items)


def make_accessor(data):
    def get_size():
        return data

    return get_size


def make_dual_accessor(data):
    def get_item(index):
        return data.items[index]

    def get_length():
        return len(data)

    return get_item, get_length


print("--- Closure keeps data alive ---")
data = HeavyData(1000)
ref = weakref.ref(data)
get_size = make_accessor(data)
del data
gc.collect()
alive = ref() is not None
print("Data alive while closure exists:", alive)
print("Data size via closure:", get_size())
del get_size
gc.collect()
gone = ref() is None
print("After deleting closure, data collected:", gone)

print("--- Shared cells between closures ---")
data = HeavyData(1000)
ref = weakref.ref(data)
get_item, get_length = make_dual_accessor(data)
del data
print("get_item(0):", get_item(0))
print("get_length():", get_length())
del get_item
gc.collect()
works = get_length() == 1000
print(
    "Deleted get_item, get_length still works:",
    works,
)
alive = ref() is not None
print("Data still alive (held by get_length):", alive)
del get_length
gc.collect()
gone = ref() is None
print("Deleted get_length too, data collected:", gone)
