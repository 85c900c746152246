using HumanLoop.Adapting;
using HumanLoop.Journaling;
using HumanLoop.Running;

namespace HumanLoop.Observing;

/// <summary>What learning needs of a workflow.</summary>
internal interface ILearningWorkflow : IWorkflowRole
{
    /// <summary>What of the settings the thresholds depend on.</summary>
    ThresholdSettings ThresholdSettings { get; }

    /// <summary>Makes the controller that settings name.</summary>
    IThresholdController ControllerOf(ThresholdSettings settings);

    /// <summary>Judges by these from now on, unless newer ones are in force.</summary>
    void UseThresholds(ThresholdsDocument thresholds, long version);
}
