using QuantDash.Web.Ui;

namespace QuantDash.Web.Features.Diagnosis;

/// <summary>One step of the guide with what it found; a step without findings is in order.</summary>
/// <param name="Name">Key of its title.</param>
public sealed record DiagnosisStep(string Name, ValueList<DiagnosisFinding> Findings)
{
    public Tone Tone => Findings.Any(f => f.Tone == Tone.Danger) ? Tone.Danger : Findings.Any(f => f.Tone == Tone.Warn) ? Tone.Warn : Tone.Good;
}

/// <summary>What was found, as a sentence with its numbers, and where to change it.</summary>
/// <param name="Tone">Danger: nothing happens because of it. Warn: something may not. Info: as it should be, and worth knowing.</param>
/// <param name="Key">Of the sentence.</param>
/// <param name="Address">The page that changes it; null: nothing to do there.</param>
public sealed record DiagnosisFinding(Tone Tone, string Key, ValueList<string> Values, string? Address = null);
