import type { Instrument } from "../instrument.ts";

export const PCL_5: Instrument = {
  id: "pcl5",
  name: "PCL-5",
  version: "1",
  score: { min: 0, max: 80 },
  higherIs: "more symptoms",
  questions: {
    stem: "In the past month, how much were you bothered by:",
    items: [
      { text: "Repeated, disturbing, and unwanted memories of the stressful experience?" },
      { text: "Repeated, disturbing dreams of the stressful experience?" },
      {
        text: "Suddenly feeling or acting as if the stressful experience were actually happening again (as if you were actually back there reliving it)?",
      },
      { text: "Feeling very upset when something reminded you of the stressful experience?" },
      {
        text: "Having strong physical reactions when something reminded you of the stressful experience (for example, heart pounding, trouble breathing, sweating)?",
      },
      { text: "Avoiding memories, thoughts, or feelings related to the stressful experience?" },
      {
        text: "Avoiding external reminders of the stressful experience (for example, people, places, conversations, activities, objects, or situations)?",
      },
      { text: "Trouble remembering important parts of the stressful experience?" },
      {
        text: "Having strong negative beliefs about yourself, other people, or the world (for example, having thoughts such as: I am bad, there is something seriously wrong with me, no one can be trusted, the world is completely dangerous)?",
      },
      { text: "Blaming yourself or someone else for the stressful experience or what happened after it?" },
      { text: "Having strong negative feelings such as fear, horror, anger, guilt, or shame?" },
      { text: "Loss of interest in activities that you used to enjoy?" },
      { text: "Feeling distant or cut off from other people?" },
      {
        text: "Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving feelings for people close to you)?",
      },
      { text: "Irritable behavior, angry outbursts, or acting aggressively?" },
      { text: "Taking too many risks or doing things that could cause you harm?" },
      { text: 'Being "superalert" or watchful or on guard?' },
      { text: "Feeling jumpy or easily startled?" },
      { text: "Having difficulty concentrating?" },
      { text: "Trouble falling or staying asleep?" },
    ],
    options: [
      { value: 0, label: "Not at all" },
      { value: 1, label: "A little bit" },
      { value: 2, label: "Moderately" },
      { value: 3, label: "Quite a bit" },
      { value: 4, label: "Extremely" },
    ],
    reversed: [],
    asksDifficulty: false,
    duration: "5 to 10 minutes",
    beforehand: ["They are about a very stressful experience; have the same one in mind for all of them."],
  },
  bands: [],
  cutOff: "No bands are published; 31 to 33 is the usual cut-off of screening.",
  change: {
    reliable: {
      points: 18,
      source: "Marx et al. 2022, Psychol Assess 34:197 (15 in one sample, 18 in another)",
    },
    important: { points: 9, source: "Blanchard et al. 2023, J Trauma Stress 36:1102 (9 to 12)" },
  },
  recallDays: 28,
  recallWords: "a month",
  safetyItems: [],
  licence: {
    text: "A work of the US Government (VA National Center for PTSD), not copyrighted.",
    url: "https://www.ptsd.va.gov",
  },
  citation: "Weathers et al. 2013; Blevins et al. 2015",
};
