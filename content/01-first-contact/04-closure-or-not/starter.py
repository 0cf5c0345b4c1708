message = "global"


def make_closure():
    message = "enclosing"

    def fn():
        return message

    return fn


def make_non_closure():
    def fn():
        return message

    return fn


fn1 = make_closure()
fn2 = make_non_closure()

print("fn1():", fn1())
print("fn2():", fn2())
print("fn1 has closure:", fn1.__closure__ is not None)
print("fn2 has closure:", fn2.__closure__ is not None)
