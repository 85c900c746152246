using System.Text.Json;
using System.Text.Json.Serialization;

namespace HumanLoop.Extensions.AI.Tests.Assessing;

internal sealed record Invoice(string Supplier, decimal Total, bool Paid);

internal sealed record Tree(string Name, IReadOnlyList<Tree> Children);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(Tree))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(List<int>))]
internal sealed partial class InvoiceJson : JsonSerializerContext;
