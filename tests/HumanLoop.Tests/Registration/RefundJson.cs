using System.Text.Json.Serialization;
using HumanLoop.Tests.Journey;

namespace HumanLoop.Tests.Registration;

[JsonSerializable(typeof(Refund))]
internal sealed partial class RefundJson : JsonSerializerContext;
