# feedback: error-not-raised
def make_range_validator(min_val, max_val):
    def validate(value):
        if value < min_val or value > max_val:
            ValueError(f"Value {value} outside [{min_val}, {max_val}]")
        return value

    return validate


def show(name, validate, value):
    try:
        result = validate(value)
    except ValueError as error:
        result = f"ERROR - {error}"
    print(f"{name}({value}): {result}")


validate_age = make_range_validator(0, 150)
validate_pct = make_range_validator(0.0, 1.0)
validate_port = make_range_validator(1, 65535)

show("validate_age", validate_age, 25)
show("validate_pct", validate_pct, 0.75)
show("validate_port", validate_port, 8080)
show("validate_age", validate_age, 200)
show("validate_pct", validate_pct, -0.1)
show("validate_port", validate_port, 70000)

names = validate_age.__code__.co_freevars
cells = validate_age.__closure__ or ()
print("age free vars:", names)
for name, cell in zip(names, cells):
    print(f"age {name} captured: {cell.cell_contents}")
