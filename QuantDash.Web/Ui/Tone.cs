namespace QuantDash.Web.Ui;

/// <summary>What a colour says. Never alone: a sign, an arrow or a word says the same.</summary>
public enum Tone { None, Up, Down, Good, Warn, Danger, Info, Weak, Waiting }

public static class Tones
{
    public static string Css(this Tone tone) => tone switch
    {
        Tone.None => "",
        Tone.Up => "up",
        Tone.Down => "down",
        Tone.Good => "good",
        Tone.Warn => "warn",
        Tone.Danger => "danger",
        Tone.Info => "info",
        Tone.Weak => "weak",
        Tone.Waiting => "warn waiting",
    };

    /// <summary>Up for a gain, down for a loss, none for zero or unknown.</summary>
    public static Tone Of(decimal? value) => value switch
    {
        > 0 => Tone.Up,
        < 0 => Tone.Down,
        _ => Tone.None,
    };
}
