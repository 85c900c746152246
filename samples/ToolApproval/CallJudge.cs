using HumanLoop.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ToolApproval;

/// <summary>How sure to be of a tool call: what the second model says.</summary>
internal sealed class CallJudge([FromKeyedServices("judge")] IChatClient judge) : ToolCallConfidenceSource(ChatConfidence.Judge(judge));
