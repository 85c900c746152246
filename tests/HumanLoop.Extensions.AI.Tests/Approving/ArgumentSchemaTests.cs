using System.Text.Json;

namespace HumanLoop.Extensions.AI.Tests.Approving;

/// <summary>Arguments are checked by the keywords that function schemas are made of.</summary>
public sealed class ArgumentSchemaTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":"x"}""", null)]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1}""", "a must be string.")]
    [InlineData("""{"properties":{"a":{"type":["string","null"]}}}""", """{"a":null}""", null)]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":2.0}""", null)]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":2.5}""", "a must be integer.")]
    [InlineData("""{"properties":{"a":{"type":"boolean"}}}""", """{"a":"true"}""", "a must be boolean.")]
    [InlineData("""{"properties":{"a":{}},"required":["a"]}""", """{}""", "a is missing.")]
    [InlineData("""{"properties":{"a":{}}}""", """{"b":1}""", "b is not one of a.")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":true}""", """{"b":1}""", null)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"b":1}""", "b is not allowed.")]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"b":"x"}""", "b must be number.")]
    [InlineData("""{"properties":{"a":{"enum":["x","y"]}}}""", """{"a":"z"}""", "a must be one of x, y.")]
    [InlineData("""{"properties":{"a":{"const":1}}}""", """{"a":1.0}""", null)]
    [InlineData("""{"properties":{"a":{"minimum":1,"maximum":9}}}""", """{"a":0}""", "a must be at least 1.")]
    [InlineData("""{"properties":{"a":{"minimum":1,"maximum":9}}}""", """{"a":10}""", "a must be at most 9.")]
    [InlineData("""{"properties":{"a":{"exclusiveMinimum":1}}}""", """{"a":1}""", "a must be above 1.")]
    [InlineData("""{"properties":{"a":{"exclusiveMaximum":1}}}""", """{"a":1}""", "a must be below 1.")]
    [InlineData("""{"properties":{"a":{"minLength":2}}}""", """{"a":"😀"}""", "a must have at least 2 characters.")]
    [InlineData("""{"properties":{"a":{"maxLength":1}}}""", """{"a":"😀"}""", null)]
    [InlineData("""{"properties":{"a":{"pattern":"^A-\\d+$"}}}""", """{"a":"B-1"}""", "a must match ^A-\\d+$.")]
    [InlineData("""{"properties":{"a":{"pattern":"("}}}""", """{"a":"B-1"}""", "a must match (.")]
    [InlineData("""{"properties":{"a":{"items":{"type":"number"},"minItems":1}}}""", """{"a":[]}""", "a must have at least 1 items.")]
    [InlineData("""{"properties":{"a":{"items":{"type":"number"}}}}""", """{"a":[1,"x"]}""", "a[1] must be number.")]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"type":"number"}},"required":["b"]}}}""", """{"a":{"b":"x"}}""", "a.b must be number.")]
    [InlineData("""{"properties":{"a":{"anyOf":[{"type":"number"},{"type":"null"}]}}}""", """{"a":"x"}""", "a fits none of the allowed forms.")]
    [InlineData("""{"properties":{"a":{"oneOf":[{"type":"number"},{"type":"integer"}]}}}""", """{"a":1}""", "a does not fit exactly one of the allowed forms.")]
    [InlineData("""{"properties":{"a":{"allOf":[{"type":"number"},{"minimum":3}]}}}""", """{"a":1}""", "a must be at least 3.")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"number"}}}""", """{"a":"x"}""", "a must be number.")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/nowhere"}}}""", """{"a":"x"}""", "a is not allowed.")]
    [InlineData("""{"properties":{"a":{"$ref":"#/properties/a"}}}""", """{"a":"x"}""", "a is not allowed.")]
    [InlineData("true", """{"a":"x"}""", null)]
    [InlineData("""{"properties":{"a":{}}}""", "[1]", "arguments must be an object.")]
    public void What_does_not_fit_is_named(string schema, string arguments, string? problem) =>
        Assert.Equal(problem, ArgumentSchema.Problem(JsonElement.Parse(schema), JsonElement.Parse(arguments)));
}
